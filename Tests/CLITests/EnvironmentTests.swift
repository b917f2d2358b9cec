import Commerce
import Foundation
import Messaging
import ServiceKit
import Testing

@testable import CLI

@Suite("Surroundings of the command line")
struct EnvironmentTests {
    @Test("variables that are unset come from dev.env; those that are set win")
    func precedence() throws {
        let environment = CLIEnvironment(
            process: ["STATESET_API_URL": "http://mine", "STATESET_API_KEY": ""],
            devFile: DevEnvironmentFile.parse(
                "STATESET_API_URL=http://dev\n# note\nSTATESET_API_KEY=sk_a=b\n\nnonsense\n"))
        #expect(try environment.require("STATESET_API_URL") == "http://mine")
        #expect(try environment.require("STATESET_API_KEY") == "sk_a=b")
    }

    @Test("what is missing is named")
    func missing() {
        let environment = CLIEnvironment(process: [:], devFile: [:])
        #expect { try environment.require("STATESET_API_URL") } throws: { "\($0)".contains("STATESET_API_URL") }
        #expect(throws: CLIError.self) { try environment.workspace("ord_1") }
    }

    @Test("dev.env is found in a folder above")
    func folders() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "stateset-cli-\(WorkspaceID())")
        let deep = root.appending(path: "a/b")
        try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(
            at: root.appending(path: ".stateset"), withIntermediateDirectories: true)
        try Data("STATESET_DEV=1\n".utf8).write(to: root.appending(path: ".stateset/dev.env"))
        #expect(DevEnvironmentFile.variables(from: deep) == ["STATESET_DEV": "1"])
    }

    @Test("passwords of roles are read by service; a wrong entry is named by its place, not its password")
    func rolePasswords() throws {
        let entries = try RolePasswords("order-ingest:a:b,api:c").entries
        #expect(entries.map(\.service.role) == ["stateset_order_ingest", "stateset_api"])
        #expect(entries.map(\.password) == ["a:b", "c"])
        #expect(try RolePasswords("").entries.isEmpty)
        #expect { try RolePasswords("api:c,nobody:hush") } throws: { error in
            let words = (error as? CLIError)?.message ?? ""
            return words.contains("entry 2") && !words.contains("hush")
        }
    }

    @Test("settings of a provider come as arguments or as JSON")
    func providerChanges() throws {
        #expect(
            try ProviderChanges(arguments: ["shop=mienne", "access_token=a=b"]).fields == [
                "shop": "mienne", "access_token": "a=b",
            ])
        #expect(
            try ProviderChanges(json: Data(#"{"webhook_secrets":["x"]}"#.utf8)).fields == [
                "webhook_secrets": .array(["x"])
            ])
        #expect(throws: CLIError.self) { try ProviderChanges(arguments: ["shop"]) }
        #expect(throws: CLIError.self) { try ProviderChanges(json: Data("[]".utf8)) }
    }

    @Test(
        "durations are read as people write them",
        arguments: [
            ("P3D", 259_200), ("3d", 259_200), ("90m", 5400), ("1h30m", 5400), ("1d12h", 129_600), ("PT5S", 5),
            ("2w", 1_209_600),
        ])
    func spans(text: String, seconds: Int) {
        #expect(SpanArgument.parse(text) == .seconds(seconds))
    }

    @Test("what is no duration is none", arguments: ["", "3", "d", "-3d", "0m", "3 days", "1m1h"])
    func noSpans(text: String) {
        #expect(SpanArgument.parse(text) == nil)
    }
}
