import Foundation
import Testing

@Suite("Code rules")
struct CodeRulesTests {
    @Test("no try!, and no casts that trap")
    func noTraps() {
        for file in Sources.all {
            #expect(file.lines(matching: /\btry!|\bas!\s/).isEmpty, "\(file.lines(matching: /\btry!|\bas!\s/))")
        }
    }

    @Test("time and ids are injected: Date() and UUID() occur where clocks and ids are made")
    func timeIsInjected() {
        let owners = [
            "Shared/Commerce/Time/", "Shared/Commerce/Identity/", "Shared/ServiceKit/Clock/", "Shared/ServiceKit/Logs/",
            "Services/ProviderSimulators/",
        ]
        let ambient = /\b(Date\(\)|UUID\(\)|Date\.now)/
        for file in Sources.all where !owners.contains(where: file.path.hasPrefix) {
            let found = file.lines(matching: ambient).filter { !$0.contains("real time") }
            #expect(found.isEmpty, "\(found)")
        }
    }

    @Test("a saga file has no catch, try?, defer or async")
    func sagasArePure() {
        let forbidden = /\b(catch|defer|async|await)\b|try\?/
        for file in Sources.all where file.path.hasSuffix("Saga.swift") && file.path.contains("/Sagas/") {
            guard file.path.hasPrefix("Services/") else { continue }
            #expect(file.lines(matching: forbidden).isEmpty, "\(file.lines(matching: forbidden))")
        }
    }

    @Test(
        "every escape from the compiler's checks says why, and there are at most ten of each kind",
        arguments: [
            "@unchecked Sendable", "nonisolated(unsafe)", "@preconcurrency",
        ])
    func escapes(marker: String) {
        var count = 0
        for file in Sources.all {
            for (index, line) in file.lines.enumerated() where line.contains(marker) && !line.contains("//") {
                count += 1
                let before = file.lines[max(0, index - 6)..<index]
                #expect(before.contains { $0.contains("SAFETY:") }, "\(file.path):\(index + 1) lacks a SAFETY line")
            }
        }
        #expect(count <= 10)
    }

    @Test("nothing is left to do, and nothing is printed by the way")
    func noLeftovers() {
        let marks = /\b(TODO|FIXME|HACK|XXX)\b/
        for file in Sources.all {
            #expect(file.lines.allSatisfy { $0.firstMatch(of: marks) == nil }, "\(file.path)")
            guard !file.path.hasPrefix("Services/CLI/") else { continue }
            #expect(file.lines(matching: /^\s*print\(/).isEmpty, "\(file.path)")
        }
    }
}
