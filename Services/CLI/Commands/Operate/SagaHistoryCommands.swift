import ArgumentParser
import Commerce
import Foundation

extension SagasCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes all that is recorded of a saga's current run, as JSON.")

        @Argument(help: "The saga's id (sag_…), its key, or what it is about (ord_…).") var saga: String
        @Option(help: "The file to write; standard output when left out.") var out: String?

        func run() async throws {
            let client = try APIClient(CLIEnvironment.current)
            let id = try await SagaLookup.id(of: saga, client)
            let history = try await client.get("/sagas/\(id)/history") + [UInt8(ascii: "\n")]
            guard let out else { return FileHandle.standardOutput.write(Data(history)) }
            do {
                try Data(history).write(to: URL(filePath: out), options: .atomic)
            } catch {
                throw CLIError("\(out) cannot be written: \(error.localizedDescription)")
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts an exported history into this workspace as a paused saga.",
            discussion: "It acts only once it is resumed: look at it with 'sagas show' first.")

        @Argument(help: "The file that 'sagas export' wrote.") var file: String
        @Option(help: "Why, for the audit log.") var reason: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let history = try InputFile.json(file)
            let saga = try await APIClient(environment, writing: write).post(
                "/sagas/import", body: ["history": history, "reason": .string(reason)])
            try Printer(output, environment).show(saga: saga)
        }
    }
}

/// A file a person names; `-` is standard input.
enum InputFile {
    static func json(_ path: String) throws -> JSONValue {
        let data = try Self.data(path)
        do {
            return try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            throw CLIError("\(path) is not JSON")
        }
    }

    /// As it is.
    static func data(_ path: String) throws -> Data {
        guard path != "-" else { return FileHandle.standardInput.readDataToEndOfFile() }
        do {
            return try Data(contentsOf: URL(filePath: path))
        } catch {
            throw CLIError("\(path) cannot be read: \(error.localizedDescription)")
        }
    }
}
