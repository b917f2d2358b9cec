import Commerce
import Foundation
import ServiceKit

/// Settings to be put over those that exist.
struct ProviderChanges: Equatable {
    var fields: [String: JSONValue]

    /// Failure: `CLIError` that names the argument by its key.
    init(arguments: [String]) throws {
        fields = [:]
        for (index, argument) in arguments.enumerated() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw CLIError("argument \(index + 1) is not of the form key=value")
            }
            fields[String(parts[0])] = .string(String(parts[1]))
        }
    }

    init(json: Data) throws {
        guard case .object(let fields)? = try? JSONDecoder().decode(JSONValue.self, from: json) else {
            throw CLIError("standard input must hold a JSON object of settings")
        }
        self.fields = fields
    }
}
