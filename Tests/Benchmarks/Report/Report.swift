import Foundation

/// Prints one measurement: a line for a person on standard error, one JSON object for programs on standard output.
enum Report {
    static func show(_ name: String, _ value: some Encodable, _ line: String) throws {
        FileHandle.standardError.write(
            Data("  \(name.padding(toLength: 22, withPad: " ", startingAt: 0)) \(line)\n".utf8))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        FileHandle.standardOutput.write(try encoder.encode([name: AnyEncodable(value)]) + Data("\n".utf8))
    }

    private struct AnyEncodable: Encodable {
        let value: any Encodable

        init(_ value: any Encodable) {
            self.value = value
        }

        func encode(to encoder: any Encoder) throws {
            try value.encode(to: encoder)
        }
    }
}

extension Double {
    /// For people: one digit after the point.
    var rounded1: Double { (self * 10).rounded() / 10 }
    /// For what is below a millisecond.
    var rounded3: Double { (self * 1_000).rounded() / 1_000 }
}
