import Commerce
import Foundation
import Postgres

/// `platform.dev_clock`: how far business time runs ahead of real time in a dev stack.
enum BusinessClock {
    static func offset(in pool: PostgresPool) async throws -> Duration {
        let rows = try await pool.query("SELECT offset_ms FROM platform.dev_clock WHERE id = 1")
        return .milliseconds(try rows.first.map { try $0("offset_ms", as: Int.self) } ?? 0)
    }

    /// - Returns: the offset now.
    static func advance(by duration: Duration, in pool: PostgresPool) async throws -> Duration {
        let milliseconds = Int(duration / .milliseconds(1))
        let rows = try await pool.query(
            "UPDATE platform.dev_clock SET offset_ms = offset_ms + \(milliseconds) WHERE id = 1 RETURNING offset_ms")
        return .milliseconds(try rows[0]("offset_ms", as: Int.self))
    }

    static func now(in pool: PostgresPool) async throws -> Date {
        SystemClock().now.addingTimeInterval(try await offset(in: pool) / .seconds(1))
    }
}
