import ArgumentParser
import Foundation
import Messaging

/// Options of every verb that shows something.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON instead of text.")
    var json = false
}

/// Writes results to standard output: text for people, or JSON as it came.
struct Printer: Sendable {
    let style: Style
    let isJSON: Bool

    init(_ options: OutputOptions, _ environment: CLIEnvironment) {
        style = .terminal(environment.variables)
        isJSON = options.json
    }

    func show(json: [UInt8], text: (Style) throws -> [String]) rethrows {
        if isJSON {
            write(json.last == UInt8(ascii: "\n") ? json : json + [UInt8(ascii: "\n")])
        } else {
            line(try text(style).joined(separator: "\n"))
        }
    }

    func show(json: some Encodable, text: (Style) throws -> [String]) throws {
        let encoder = WireJSON.encoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let bytes: [UInt8] = Array(try encoder.encode(json))
        try show(json: bytes, text: text)
    }

    func line(_ text: String) { write(Array((text + "\n").utf8)) }

    private func write(_ bytes: [UInt8]) {
        FileHandle.standardOutput.write(Data(bytes))
    }
}
