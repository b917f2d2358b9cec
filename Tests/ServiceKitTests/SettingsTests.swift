import Configuration
import Foundation
import Logging
import Testing

@testable import ServiceKit

@Suite("Settings")
struct SettingsTests {
    static let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
    static let complete = [
        "STATESET_POSTGRES_URL": "postgres://ana:s3cret@db:5432/stateset",
        "STATESET_AMQP_URL": "amqp://ana:s3cret@mq:5672/%2F",
        "STATESET_SECRET_KEYS": "k1:\(key)",
    ]

    @Test("a complete environment is read, the rest has defaults")
    func complete() throws {
        let settings = try read(["STATESET_ADMIN_PORT": "9101", "STATESET_DEV": "1", "STATESET_LOG_LEVEL": "debug"])
        #expect(settings.postgresURL.reveal() == "postgres://ana:s3cret@db:5432/stateset")
        #expect(settings.host.host == "127.0.0.1")
        #expect(settings.host.adminPort == 9101)
        #expect(settings.host.httpPort == nil)
        #expect(settings.host.isDevelopment)
        #expect(settings.host.logLevel == .debug)
        #expect(settings.poolSize == 4)
        #expect(settings.secretKeys.activeID == "k1")
    }

    @Test(
        "a missing setting is one line that names it and what to do",
        arguments: ["STATESET_POSTGRES_URL", "STATESET_AMQP_URL", "STATESET_SECRET_KEYS"])
    func missing(name: String) {
        let error = failure([name: nil])
        #expect(error?.setting == name)
        #expect(error?.description.hasPrefix("\(name) is not set: set it to ") == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test(
        "a malformed setting is named, its value is not repeated",
        arguments: [
            ("STATESET_ADMIN_PORT", "70000"), ("STATESET_ADMIN_PORT", "eighty"), ("STATESET_HTTP_PORT", "0"),
            ("STATESET_LOG_LEVEL", "loud"), ("STATESET_DEV", "perhaps"), ("STATESET_POOL_SIZE", "-4"),
            ("STATESET_SECRET_KEYS", "hunter2"), ("STATESET_SECRET_KEYS", "k1:c2hvcnQ="),
        ])
    func malformed(name: String, value: String) {
        let error = failure([name: value])
        #expect(error?.setting == name)
        #expect(error?.description.hasPrefix("\(name) is malformed") == true)
        #expect(error?.description.contains(value) == false || value == "0")
    }

    @Test("a URL that cannot be used is named without being repeated")
    func urls() throws {
        let settings = try read([
            "STATESET_AMQP_URL": "http://ana:s3cret@mq", "STATESET_POSTGRES_URL": "postgres://%zz",
        ])
        let broker = #expect(throws: SettingsError.self) { try settings.amqp(connectionName: "test") }
        #expect(broker?.setting == "STATESET_AMQP_URL")
        #expect(broker?.description.contains("s3cret") == false)
        let database = #expect(throws: SettingsError.self) { try settings.postgres(applicationName: "test") }
        #expect(database?.setting == "STATESET_POSTGRES_URL")
    }

    @Test("a setting can be given as a file, but not twice")
    func files() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "setting-\(UUID())").path
        try "  amqp://from:file@mq\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let settings = try read(["STATESET_AMQP_URL": nil, "STATESET_AMQP_URL_FILE": path])
        #expect(settings.amqpURL.reveal() == "amqp://from:file@mq")
        #expect(failure(["STATESET_AMQP_URL_FILE": path])?.description.contains("are both set") == true)
        let missing = failure(["STATESET_AMQP_URL": nil, "STATESET_AMQP_URL_FILE": path + "-not"])
        #expect(missing?.description.hasPrefix("STATESET_AMQP_URL_FILE names a file that cannot be read") == true)
    }

    @Test("blank settings count as not set")
    func blank() throws {
        #expect(failure(["STATESET_AMQP_URL": "  "])?.description.contains("is not set") == true)
        #expect(try read(["STATESET_POOL_SIZE": ""]).poolSize == 4)
    }

    @Test("a service with public HTTP asks for its port")
    func httpPort() throws {
        #expect(try read(["STATESET_HTTP_PORT": "8080"]).host.requireHTTPPort() == 8080)
        let error = #expect(throws: SettingsError.self) { try read([:]).host.requireHTTPPort() }
        #expect(error?.setting == "STATESET_HTTP_PORT")
    }

    @Test("a plan of where to die is heard only in development")
    func killPlan() throws {
        #expect(try read(["STATESET_KILL_POINTS": "/run/plan"]).host.killPlan == nil)
        #expect(try read(["STATESET_KILL_POINTS": "/run/plan", "STATESET_DEV": "1"]).host.killPlan == "/run/plan")
        #expect(try read(["STATESET_DEV": "1"]).host.killPlan == nil)
    }

    @Test("secrets are not printed, whole or in parts")
    func unprintable() throws {
        let settings = try read([:])
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), dumped] {
            #expect(!text.contains("s3cret"))
            #expect(!text.contains(Self.key))
        }
    }

    @Test("the catalog names every setting once and renders the README's table")
    func catalog() {
        let names = SettingsCatalog.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.hasPrefix("STATESET_") })
        let lines = SettingsCatalog.markdown.split(separator: "\n")
        #expect(lines.count == names.count + 2)
        #expect(lines.contains("| `STATESET_POOL_SIZE` | `4` | connections to Postgres |"))
        #expect(lines.allSatisfy { $0.filter { $0 == "|" }.count == 4 })
    }

    @Test("the README's table is the catalog's")
    func readme() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains(SettingsCatalog.markdown))
    }

    private func read(_ changes: [String: String?]) throws -> ServiceSettings {
        let environment = Self.complete.merging(changes.compactMapValues(\.self)) { $1 }
            .filter { changes[$0.key].map { $0 != nil } ?? true }
        return try ServiceSettings(SettingsReader(environment: environment))
    }

    private func failure(_ changes: [String: String?]) -> SettingsError? {
        #expect(throws: SettingsError.self) { try read(changes) }
    }
}
