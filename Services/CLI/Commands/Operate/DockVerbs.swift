import ArgumentParser
import Commerce
import Foundation

/// Goods of a return as somebody at the dock types them: `SKU=quantity`, then words, e.g. `MIE-ROBE-S=2,damaged`.
struct DockLineArgument: Sendable, Equatable {
    var goods: String
    var quantity: Int
    var words: [String]

    /// Failure: `ValidationError` that says how it is written.
    init(_ text: String) throws {
        // WHY: from its end, since a SKU may hold anything.
        guard let mark = text.lastIndex(of: "="), mark > text.startIndex else { throw Self.malformed(text) }
        let rest = text[text.index(after: mark)...].split(separator: ",", omittingEmptySubsequences: false)
        guard let first = rest.first, let quantity = Int(first) else { throw Self.malformed(text) }
        goods = String(text[..<mark])
        self.quantity = quantity
        words = rest.dropFirst().map(String.init)
    }

    private static func malformed(_ text: String) -> ValidationError {
        ValidationError("'\(text)' is no line; write the SKU or the line's id, '=', how many: MIE-ROBE-S=2")
    }

    /// As the API takes it.
    /// - Parameter lineIDs: of the return, of which `goods` may be one.
    func json(_ lineIDs: Set<String>, _ details: [String: JSONValue]) -> JSONValue {
        let name = lineIDs.contains(goods) ? "line_id" : "sku"
        let units: [String: JSONValue] = [name: .string(goods), "quantity": .number(Decimal(quantity))]
        return .object(units.merging(details) { $1 })
    }
}

/// What verbs of the dock are given.
struct DockOptions: ParsableArguments {
    @Argument(help: "The return's id (ret_…), or its RMA number or id at any provider.") var goods: String
    @Option(help: "Units of one line, as SKU=quantity,…; may be repeated.") var line: [String] = []
    @Option(help: "Instead: all of them as a JSON array, in the API's form.") var lines: String?
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard line.isEmpty == (lines != nil) else { throw ValidationError("say what it is with --line, or --lines") }
    }
}

/// A verb of the dock: tells the API of units line by line, and shows the return as it is then.
protocol DockCommand: AsyncParsableCommand {
    static var verb: String { get }
    var dock: DockOptions { get }

    /// What the words after the quantity say. Failure: `ValidationError` for one that says nothing here.
    static func details(_ line: DockLineArgument) throws -> [String: JSONValue]
}

extension DockCommand {
    func validate() throws {
        for line in try dock.line.map({ try DockLineArgument($0) }) { _ = try Self.details(line) }
    }

    func run() async throws {
        let environment = CLIEnvironment.current
        let changed = try await carryOut(APIClient(environment, writing: dock.write))
        try Printer(dock.output, environment).show(return: changed)
    }

    /// What the API answers.
    func carryOut(_ client: APIClient) async throws -> [UInt8] {
        let id = try await ReturnLookup.id(of: dock.goods, client)
        let lines = try await lines(of: id, client)
        return try await client.post("/returns/\(id)/\(Self.verb)", body: ["lines": lines])
    }

    private func lines(of id: String, _ client: APIClient) async throws -> JSONValue {
        if let lines = dock.lines { return try JSONArgument.value(lines, "--lines") }
        let shown = try JSONDecoder().decode(
            ReturnModel.self, from: Data(try await client.get("/returns/\(id)")))
        let lineIDs = Set(shown.lines.compactMap(\.lineID))
        return .array(
            try dock.line.map { text in
                let line = try DockLineArgument(text)
                return line.json(lineIDs, try Self.details(line))
            })
    }
}

extension ReturnsCommand {
    struct Receive: DockCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records what has come in, line by line.",
            discussion: """
                A line may say in which state: received (when left out), damaged, missing, wrong_item, or extra for \
                what nobody asked for: --line MIE-ROBE-S=1 --line MIE-ROBE-S=1,damaged --line MUG=1,extra
                """)
        static let verb = "receive"
        @OptionGroup var dock: DockOptions

        static func details(_ line: DockLineArgument) throws -> [String: JSONValue] {
            guard line.words.count <= 1 else { throw ValidationError("a line is in one state: \(line.goods)") }
            return line.words.first.map { ["state": .string($0)] } ?? [:]
        }
    }

    struct Inspect: DockCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records of which grade goods are that are here, and whether they are what was sold.",
            discussion: """
                A line says its grade (A to D), and matched or unmatched: --line MIE-ROBE-S=2,A,matched. What a \
                checklist asks, and photos, go with --lines.
                """)
        static let verb = "inspect"
        @OptionGroup var dock: DockOptions

        static func details(_ line: DockLineArgument) throws -> [String: JSONValue] {
            var details: [String: JSONValue] = [:]
            for word in line.words {
                let isMatch = word == "matched" || word == "unmatched"
                let value: JSONValue = isMatch ? .bool(word == "matched") : .string(word)
                guard details.updateValue(value, forKey: isMatch ? "matched" : "grade") == nil else {
                    throw ValidationError("a line has one grade, and is matched or unmatched: \(line.goods)")
                }
            }
            return details
        }
    }
}
