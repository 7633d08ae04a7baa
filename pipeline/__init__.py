"""wirecopy: news in, clean Avro tables out."""
