import CPostgreSQL
import Foundation

/// What a URL states, as libpq reads it.
struct URLOptions {
    private var values: [String: String] = [:]

    init(_ options: UnsafeMutablePointer<PQconninfoOption>) {
        var next = options
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            next += 1
        }
    }

    /// Whether neither it nor libpq's own variable says how a connection to another machine is protected.
    var isUnprotected: Bool {
        values["sslmode"] == nil && ProcessInfo.processInfo.environment["PGSSLMODE"] == nil
            && !hosts.allSatisfy(Self.isLocal)
    }

    /// None: a socket of this machine.
    private var hosts: [Substring] {
        (values["hostaddr"] ?? values["host"] ?? "").split(separator: ",")
    }

    private static func isLocal(_ host: Substring) -> Bool {
        // A path, or an abstract name, is that of a socket.
        if host.hasPrefix("/") || host.hasPrefix("@") { return true }
        return host == "localhost" || host == "::1" || host.wholeMatch(of: /127(\.\d{1,3}){3}/) != nil
    }
}
