"""What carries wirecopy to engines that run elsewhere: the worker's image, the Flex Template."""
