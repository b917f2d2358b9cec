import Foundation
import Testing

@Suite("Trap table")
struct TrapTableTests {
    private struct Row {
        let rule: String
        let file: String
        let test: String
    }

    /// The rows of `Tests/TRAPS.md`.
    private func rows() throws -> [Row] {
        let text = try String(contentsOf: Sources.root.appending(path: "Tests/TRAPS.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4, cells[0].wholeMatch(of: /[RP]\d+/) != nil else { return nil }
            return Row(rule: cells[0], file: cells[2], test: cells[3])
        }
    }

    @Test("every rule has a test, and every test named is there")
    func complete() throws {
        let rows = try rows()
        let rules = (1...19).map { "R\($0)" } + (1...22).map { "P\($0)" }
        #expect(Set(rows.map(\.rule)) == Set(rules))
        for row in rows {
            let file = Sources.root.appending(path: "Tests/\(row.file)")
            let source = try String(contentsOf: file, encoding: .utf8)
            #expect(source.contains("\"\(row.test)\""), "\(row.file) has no test “\(row.test)”")
        }
    }

    @Test("nobody signals through LISTEN and NOTIFY")
    func noNotify() {
        let signal = /\b(NOTIFY|LISTEN)\s+\w|pg_notify/
        for file in Sources.all where !file.path.hasPrefix("Services/ProviderSimulators/") {
            #expect(file.lines(matching: signal).isEmpty, "\(file.lines(matching: signal))")
        }
    }
}
