import Foundation

/// A setting that is missing or malformed; the message names it.
struct SettingError: Error, Equatable {
    var message: String
}

/// Reads settings from the environment; `NAME_FILE` names a file that holds `NAME`.
struct SettingReader: Sendable {
    private let values: [String: String]

    init(environment: [String: String]) throws {
        var values = environment
        for (name, path) in environment where name.hasPrefix("STATESET_") && name.hasSuffix("_FILE") {
            let target = String(name.dropLast("_FILE".count))
            guard values[target] == nil, target != "STATESET_SIM_RUN" else { continue }
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw SettingError(message: "\(name) names a file that cannot be read")
            }
            values[target] = text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        self.values = values
    }

    func optional(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    func required(_ name: String) throws -> String {
        guard let value = optional(name) else { throw SettingError(message: "the setting \(name) is missing") }
        return value
    }

    func url(_ name: String) throws -> String {
        let text = try required(name)
        guard let url = URL(string: text), url.scheme == "http" || url.scheme == "https", url.host != nil else {
            throw SettingError(message: "the setting \(name) is not an http URL")
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    func port(_ name: String) throws -> Int { try Self.port(name, required(name)) }

    func optionalPort(_ name: String) throws -> Int? { try optional(name).map { try Self.port(name, $0) } }

    /// A positive number, or the default when it is not set.
    func number(_ name: String, default value: Double) throws -> Double {
        guard let text = optional(name) else { return value }
        guard let number = Double(text), number > 0 else {
            throw SettingError(message: "the setting \(name) is not a positive number")
        }
        return number
    }

    private static func port(_ name: String, _ text: String) throws -> Int {
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw SettingError(message: "the setting \(name) is not a port number")
        }
        return port
    }
}
