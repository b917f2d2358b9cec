import Commerce
import Foundation
import SeededRandom
import Testing

/// The second calculation, in Python, against ours: `Tests/RefundOracle/refund_oracle.py`.
@Suite("The second calculation of refunds")
struct RefundOracleTests {
    /// Set `STATESET_REFUND_HISTORIES=100000` for the whole.
    private static let count =
        ProcessInfo.processInfo.environment["STATESET_REFUND_HISTORIES"].flatMap(Int.init) ?? 1_500

    @Test("agrees with ours to the cent on random histories")
    func histories() throws {
        var random = SeededGenerator()
        var answers = 0
        for start in stride(from: 0, to: Self.count, by: 2_000) {
            let batch = min(2_000, Self.count - start)
            var text = ""
            for index in 0..<batch {
                // The derivation is evaluated by both; by the second for a part, as it is long.
                text += try RefundHistory.random(using: &random).oracleLine(withDerivation: index.isMultiple(of: 10))
            }
            let verdict = try RefundOracle.judge(text)
            #expect(verdict.isAgreement, "\(random), histories from \(start): \(verdict.text)")
            #expect(verdict.entries == batch, "\(verdict.text)")
            answers += verdict.answers
        }
        #expect(answers > Self.count)
    }

    @Test("notices a cent")
    func notices() throws {
        var random = SeededGenerator()
        var line = ""
        while !line.contains(#""total":""#) {
            line = try RefundHistory.random(using: &random).oracleLine(withDerivation: false)
        }
        let amount = try #require(line.range(of: #""total":""#)?.upperBound)
        let verdict = try RefundOracle.judge(line.replacingCharacters(in: amount..<amount, with: "1"))
        #expect(!verdict.isAgreement, "\(random)")
        #expect(verdict.entries == 1, "\(verdict.text)")
    }

    @Test("agrees on the reference cases")
    func reference() throws {
        let cases = try RefundFixtures.cases()
        let lines = try cases.map { try RefundFixtures.line(request: $0.request, response: $0.answer.storedText) }
        let verdict = try RefundOracle.judge(lines.joined())
        #expect(verdict.isAgreement, "\(verdict.text)")
        #expect(verdict.entries == cases.count)
    }
}

/// Runs the second calculation.
enum RefundOracle {
    struct Verdict {
        let isAgreement: Bool
        let text: String

        /// From the last line: `2000 entries, 5123 answers, …`.
        private var counts: [Int] {
            text.split(separator: "\n").last?.split(separator: " ").compactMap { Int($0) } ?? []
        }
        var entries: Int { counts.first ?? 0 }
        var answers: Int { counts.dropFirst().first ?? 0 }
    }

    struct Missing: Error, CustomStringConvertible {
        let description = "python3 is not on the PATH; install it: the second calculation is part of the tests"
    }

    static func judge(_ lines: String) throws -> Verdict {
        let folder = FileManager.default.temporaryDirectory.appending(path: "refund-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try Data(lines.utf8).write(to: input)
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path]
        process.standardInput = try FileHandle(forReadingFrom: input)
        let written = try FileHandle(forWritingTo: output)
        process.standardOutput = written
        process.standardError = written
        try process.run()
        process.waitUntilExit()
        // The status of `env` for a program it cannot find.
        if process.terminationStatus == 127 { throw Missing() }
        let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        return Verdict(isAgreement: process.terminationStatus == 0, text: text)
    }

    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "RefundOracle/refund_oracle.py")
}
