import Foundation
import Messaging

/// The file that tells the running services where to die, and the one in which they note that they did.
struct KillMatrix {
    let path: String

    /// On average one in so many times a process comes to the point; rare points kill more eagerly.
    private static func oneIn(_ point: KillPoint) -> Int {
        switch point {
        case .providerActed: 12
        case .committed, .outboxCommitted: 25
        case .timersClaimed, .compensating: 2
        }
    }

    /// Puts the plan in place whole: services read it at any time.
    func arm(_ points: [KillPoint], limit: Int) throws {
        let lines = points.map { "\($0.rawValue) \(Self.oneIn($0)) \(limit)\n" }
        try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
    }

    func disarm() {
        try? FileManager.default.removeItem(atPath: path)
    }

    func forget() {
        disarm()
        try? FileManager.default.removeItem(atPath: "\(path).hits")
    }

    func hits(_ point: KillPoint) -> Int {
        let text = (try? String(contentsOfFile: "\(path).hits", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").count { $0.hasPrefix("\(point.rawValue) ") }
    }

    func missing(_ hitsMin: Int) -> [KillPoint] {
        KillPoint.allCases.filter { hits($0) < hitsMin }
    }

    var summary: String {
        KillPoint.allCases.map { "\($0.rawValue) \(hits($0))" }.joined(separator: ", ")
    }
}
