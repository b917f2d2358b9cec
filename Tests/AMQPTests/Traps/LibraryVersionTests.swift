import Foundation
import Support
import Testing

@Suite("Library version")
struct LibraryVersionTests {
    /// Other systems number their builds in other ways.
    private static let isDebian =
        (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8))?.contains("\nID=debian\n") ?? false

    /// 0.11.0-1+deb12u3 closes the memory errors published in 2026; later versions have the fixes from the start.
    @Test("the library is not older than its security build", .enabled(if: isDebian))
    func securityBuild() async throws {
        let check = """
            version=$(dpkg-query -W -f '${Version}' librabbitmq4) && dpkg --compare-versions "$version" ge 0.11.0-1+deb12u3
            """
        try await Command.run("/bin/sh", ["-c", check])
    }
}
