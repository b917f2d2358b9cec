import ArgumentParser
import Foundation
import Testing

@testable import CLI

@Suite("A return's label as a file")
struct ReturnLabelTests {
    private static let environment = CLIEnvironment(
        process: [
            "STATESET_API_URL": "http://api", "STATESET_API_KEY": "sk_x",
            "STATESET_WORKSPACE": "ws_0190a0b0c0d07e0f8a0b0c0d0e0f0a0b",
        ], devFile: [:])

    @Test("it is written where it is wanted, and so is the code", arguments: [false, true])
    func written(isCode: Bool) async throws {
        let path = URL.temporaryDirectory.appending(path: "label-\(ProcessInfo.processInfo.globallyUniqueString)")
        defer { try? FileManager.default.removeItem(at: path) }
        let api = ScriptedAPI(["%PDF-1.7"])
        let arguments = ["ret_1", "--output", path.path] + (isCode ? ["--code"] : [])
        try await ReturnsCommand.Label.parse(arguments).write(APIClient(Self.environment, http: api))
        #expect(try Data(contentsOf: path) == Data("%PDF-1.7".utf8))
        #expect(api.urls.first?.hasSuffix("/returns/ret_1/label\(isCode ? "?part=code" : "")") == true)
    }
}
