import ArgumentParser
import Commerce
import Foundation

/// What all verbs on sagas are given: one saga, or a filter with `--all`.
struct SagaVerbOptions: ParsableArguments {
    @Argument(help: "The saga's id (sag_…), its key, or what it is about (ord_…).") var saga: String?
    @Option(help: "Why, for the audit log.") var reason: String?
    @Flag(help: "Instead of one saga, all that the filter below finds.") var all = false
    @Flag(help: "With --all: do it, however many they are.") var yes = false
    @Option(help: "With --all: do it if they are exactly so many.") var expected: Int?
    @OptionGroup(title: "Filter") var filter: SagaFilterOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions

    func check(name: String?) throws {
        guard all else {
            guard saga != nil else { throw ValidationError("name the saga, or say --all with a filter") }
            guard filter.pairs(name: name).isEmpty, !yes, expected == nil else {
                throw ValidationError("a filter, --yes and --expected need --all")
            }
            return
        }
        guard saga == nil else { throw ValidationError("name one saga or say --all, not both") }
        guard write.idempotencyKey == nil else { throw ValidationError("--idempotency-key goes with one saga") }
        guard !filter.pairs(name: name).isEmpty else {
            throw ValidationError("--all needs a filter, e.g. --status stuck")
        }
        guard reason != nil else { throw ValidationError("--all needs --reason, for the audit log") }
    }
}

/// A verb on one saga: asks the API and shows the saga as it is then. With `--all`, on many.
protocol SagaVerbCommand: AsyncParsableCommand {
    static var verb: String { get }
    var options: SagaVerbOptions { get }
    /// The saga's name, as part of the filter.
    var sagaName: String? { get }

    /// What the verb is told besides the reason.
    func body() throws -> [String: JSONValue]
}

extension SagaVerbCommand {
    func body() throws -> [String: JSONValue] { [:] }

    func validate() throws { try options.check(name: sagaName) }

    func run() async throws {
        let environment = CLIEnvironment.current
        let client = try APIClient(environment, writing: options.all ? nil : options.write)
        let printer = Printer(options.output, environment)
        var body = try body()
        body["reason"] = .string(options.reason ?? "by hand on the command line")
        if let saga = options.saga {
            let id = try await SagaLookup.id(of: saga, client)
            try printer.show(saga: try await client.post("/sagas/\(id)/\(Self.verb)", body: .object(body)))
        } else {
            body["filter"] = options.filter.json(name: sagaName)
            let bulk = SagaBulk(
                verb: Self.verb, body: body, words: options.filter.words(name: sagaName), client: client,
                printer: printer)
            try await bulk.run(confirmed: options.yes, expected: options.expected)
        }
    }
}

extension Printer {
    /// - Parameter run: whose steps the saga was asked with, where one was named.
    func show(saga: [UInt8], run: Int? = nil) throws {
        try show(json: saga) { try SagaPicture.lines(json: saga, run: run, $0) }
    }
}

extension SagaPicture {
    /// Of what the API answers: a start or an import that the coordinator has not answered yet has no saga to show, a
    /// verb the saga as it was.
    static func lines(json: [UInt8], run: Int? = nil, _ style: Style) throws -> [String] {
        guard try JSONDecoder().decode(JSONValue.self, from: Data(json))["status"] != "pending" else {
            return ["the command is on its way; the coordinator has not answered yet"]
        }
        let model = try JSONDecoder().decode(SagaModel.self, from: Data(json))
        return pendingVerb(model, style) + (run.map { lines(model, run: $0, style) } ?? lines(model, style))
    }

    /// What comes first of a saga that a verb has not come to yet.
    private static func pendingVerb(_ saga: SagaModel, _ style: Style) -> [String] {
        guard let verb = saga.pendingVerb else { return [] }
        let words = "'\(verb)' is on its way and not carried out yet: the coordinator has not answered"
        return [style(SafeText.line(words), .waiting), "the saga as it is meanwhile:", ""]
    }
}
