import ArgumentParser

/// Options of every list of the API.
struct ListOptions: ParsableArguments {
    @Option(help: "At most so many (1 to 250).")
    var limit: Int?

    @Option(help: "Continue after the page that gave this cursor.")
    var cursor: String?

    var limitText: String? { limit.map(String.init) }
}
