import ArgumentParser
import Commerce

/// What a verb on one record is given.
protocol RecordVerbOptions: ParsableArguments {
    /// Why, for the audit log.
    var reason: String { get }
    var write: WriteOptions { get }
    var output: OutputOptions { get }

    /// The id of the record that is named.
    func recordID(_ client: APIClient) async throws -> String
}

/// A verb on one record: asks the API and shows the record as it is then.
protocol RecordVerbCommand: AsyncParsableCommand {
    associatedtype Options: RecordVerbOptions

    /// Where the API has such records.
    static var collection: String { get }
    static var verb: String { get }
    var options: Options { get }
    /// What goes with the reason.
    var details: [String: JSONValue] { get }

    func show(_ record: [UInt8], on printer: Printer) throws
}

extension RecordVerbCommand {
    var details: [String: JSONValue] { [:] }

    func run() async throws {
        let environment = CLIEnvironment.current
        let client = try APIClient(environment, writing: options.write)
        let id = try await options.recordID(client)
        let body = details.merging(["reason": .string(options.reason)]) { $1 }
        let record = try await client.post("/\(Self.collection)/\(id)/\(Self.verb)", body: .object(body))
        try show(record, on: Printer(options.output, environment))
    }
}
