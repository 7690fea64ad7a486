"""One module a command. Each has HELP, add_arguments(parser) and run(course, args) -> exit code."""
