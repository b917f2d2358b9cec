import ArgumentParser
import Commerce
import Foundation

extension ReturnsCommand {
    struct Policy: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The return policy.",
            discussion: """
                To change it: stateset returns policy show > policy.json, edit the file, then \
                stateset returns policy set policy.json
                """,
            subcommands: [Show.self, Set.self])

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Shows the policy in force, as JSON.")

            @OptionGroup var output: OutputOptions

            func run() async throws { try await RulesDocument.returnPolicy.show(output) }
        }

        struct Set: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Puts a policy in force as the next version; one with anything wrong in it is refused whole.",
                discussion: "Returns keep the version that they were asked for under.")

            @Argument(help: "A file with the whole policy as JSON; - for standard input.") var file: String
            @OptionGroup var write: WriteOptions
            @OptionGroup var output: OutputOptions

            func run() async throws { try await RulesDocument.returnPolicy.set(file, write, output) }
        }
    }
}

extension WarrantiesCommand {
    struct Terms: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The warranty terms.",
            discussion: """
                To change them: stateset warranties terms show > terms.json, edit the file, then \
                stateset warranties terms set terms.json
                """,
            subcommands: [Show.self, Set.self])

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Shows the terms in force, as JSON; version 0 are the standard ones.")

            @OptionGroup var output: OutputOptions

            func run() async throws { try await RulesDocument.warrantyTerms.show(output) }
        }

        struct Set: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Puts terms in force as the next version; anything wrong in them refuses the whole.",
                discussion: "Claims keep the version that they were made under.")

            @Argument(help: "A file with all the terms as JSON; - for standard input.") var file: String
            @OptionGroup var write: WriteOptions
            @OptionGroup var output: OutputOptions

            func run() async throws { try await RulesDocument.warrantyTerms.set(file, write, output) }
        }
    }
}

/// Rules of which a workspace has one document in force.
struct RulesDocument: Sendable {
    static let returnPolicy = RulesDocument(path: "/return-policy")
    static let warrantyTerms = RulesDocument(path: "/warranty-terms")

    /// Where the API has it.
    let path: String

    func show(_ output: OutputOptions) async throws {
        let environment = CLIEnvironment.current
        let document = try await APIClient(environment).get(path)
        try Printer(output, environment).show(json: document) { _ in try Self.lines(document) }
    }

    func set(_ file: String, _ write: WriteOptions, _ output: OutputOptions) async throws {
        let environment = CLIEnvironment.current
        let answer = try await put(InputFile.data(file), APIClient(environment, writing: write))
        try Printer(output, environment).show(json: answer) { try Self.outcome(answer, $0) }
    }

    /// As it was written: numbers and their order are what somebody meant.
    func put(_ document: Data, _ client: APIClient) async throws -> [UInt8] {
        try await client.put(path, json: Array(document))
    }

    /// JSON that can be edited and set again.
    static func lines(_ document: [UInt8]) throws -> [String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(document))
        return String(decoding: try encoder.encode(value), as: UTF8.self)
            .split(separator: "\n").map { SafeText.line(String($0)) }
    }

    /// What is in force now, and what of it is of no use.
    static func outcome(_ answer: [UInt8], _ style: Style) throws -> [String] {
        let document = try JSONDecoder().decode(JSONValue.self, from: Data(answer))
        var lines = ["version \(document["version"]?.text ?? "?") is in force"]
        guard case .array(let warnings)? = document["warnings"] else { return lines }
        lines += warnings.map { warning in
            let place = [warning["rule"]?.text.map { "rule \($0)" }, warning["field"]?.text].compactMap(\.self)
            let words = "\(place.joined(separator: ", ")): \(warning["message"]?.text ?? "")"
            return "  " + style(SafeText.line(words), .waiting)
        }
        return lines
    }
}
