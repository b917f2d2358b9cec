import ArgumentParser

/// What every command that changes one thing through the API is given.
struct WriteOptions: ParsableArguments {
    @Option(
        help: "The key that the same command printed when it got no answer: what it asked for is carried out once.")
    var idempotencyKey: String?
}
