import ArgumentParser
import Foundation

extension ReturnsCommand {
    struct Label: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the label that a return's customer was sent, as PDF, to be sent again.",
            discussion: "A label that cannot be used any more is replaced with reissue-label, which buys another one.")

        @Argument(help: "The return's id (ret_…), or its RMA number or id at any provider.") var goods: String
        @Option(help: "The file to write; standard output when left out.") var output: String?
        @Flag(help: "Instead of the label, the picture of the code that does without a printer.") var code = false

        func run() async throws {
            try await write(APIClient(CLIEnvironment.current))
        }

        func write(_ client: APIClient) async throws {
            let id = try await ReturnLookup.id(of: goods, client)
            let file = try await client.get("/returns/\(id)/label", ["part": code ? "code" : nil])
            guard let output else { return FileHandle.standardOutput.write(Data(file)) }
            do {
                try Data(file).write(to: URL(filePath: output), options: .atomic)
            } catch {
                throw CLIError("\(output) cannot be written: \(error.localizedDescription)")
            }
        }
    }
}
