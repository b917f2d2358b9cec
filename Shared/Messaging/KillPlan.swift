import Foundation

/// When to die where: one line a point, `name one-in limit`, read anew each time a point is reached.
///
/// Each death is first written to `<plan>.hits`, one line with the point's name and the process id, under a lock that
/// all processes share: no point kills more often than its limit.
struct KillPlan: Sendable {
    let path: String

    struct Rule: Equatable {
        /// Dies once in so many times on average.
        var oneIn: Int
        var limit: Int

        /// The rule for a point in the text of a plan; `nil` when the plan leaves it alone.
        init?(for point: KillPoint, in text: String) {
            let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
            guard let words = lines.first(where: { $0.first.map(String.init) == point.rawValue }), words.count == 3,
                let oneIn = Int(words[1]), oneIn >= 1, let limit = Int(words[2])
            else { return nil }
            self.oneIn = oneIn
            self.limit = limit
        }
    }

    func reach(_ point: KillPoint) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let rule = Rule(for: point, in: text), Int.random(in: 1...rule.oneIn) == 1,
            take(point, limit: rule.limit)
        else { return }
        kill(getpid(), SIGKILL)
        // The signal takes the process before this returns for good.
        while true { pause() }
    }

    /// Records a death unless the point has had its share.
    func take(_ point: KillPoint, limit: Int) -> Bool {
        let hits = open("\(path).hits", O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard hits >= 0 else { return false }
        defer { close(hits) }
        guard flock(hits, LOCK_EX) == 0 else { return false }
        let before = (try? FileHandle(fileDescriptor: hits, closeOnDealloc: false).readToEnd()) ?? Data()
        let deaths = String(decoding: before, as: UTF8.self).split(separator: "\n")
        guard deaths.count(where: { $0.hasPrefix("\(point.rawValue) ") }) < limit else { return false }
        let line = Array("\(point.rawValue) \(getpid())\n".utf8)
        return write(hits, line, line.count) == line.count
    }
}
