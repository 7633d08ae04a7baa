"""The data contract: pydantic models, the checked-in Avro schemas, and the codec between them."""
