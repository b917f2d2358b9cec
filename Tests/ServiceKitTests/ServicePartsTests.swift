import Support
import Testing

@testable import ServiceKit

@Suite("The parts of a service")
struct ServicePartsTests {
    @Test(
        "a connection to another machine that states no protection is warned of, once",
        arguments: [("", 1), ("?sslmode=verify-full", 0), ("?sslmode=disable", 0)])
    func unprotected(query: String, warnings: Int) throws {
        let log = LogLines()
        var variables = SettingsTests.complete
        variables["STATESET_POSTGRES_URL"]? += query
        let settings = try ServiceSettings(SettingsReader(environment: variables))
        let parts = try ServiceParts(name: "test", settings: settings) { _ in [] }
        parts.warn(log.logger)
        let words =
            "the connection to Postgres is not protected: state sslmode in STATESET_POSTGRES_URL, best verify-full"
        #expect(log.count(of: words) == warnings)
    }
}
