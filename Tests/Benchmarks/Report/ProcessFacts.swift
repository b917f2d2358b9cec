import Foundation
import Glibc

/// What the kernel says of a process.
enum ProcessFacts {
    /// Memory in use, in bytes.
    static func residentBytes(of pid: Int32) throws -> Int {
        let lines = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        else { throw BenchError("/proc/\(pid)/status has no VmRSS") }
        return kilobytes * 1024
    }

    /// Processor time used so far, all threads together.
    static func processorTime(of pid: Int32) throws -> Duration {
        guard let stat = try ProcessStat(pid) else { throw BenchError("there is no process \(pid)") }
        return stat.processorTime
    }

    /// The same, with what its present children and theirs have used: a server may be a family of processes.
    static func processorTime(ofFamily pid: Int32) throws -> Duration {
        let all = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
            .compactMap { pid in try ProcessStat(pid).map { (pid, $0) } }
        var family: Set = [pid]
        // A child has a later place than its parent only by chance, so the family is gone through until it stays.
        var known = 0
        while known < family.count {
            known = family.count
            for (child, stat) in all where family.contains(stat.parent) { family.insert(child) }
        }
        return all.filter { family.contains($0.0) }.reduce(.zero) { $0 + $1.1.processorTime }
    }
}

/// `/proc/PID/stat`.
private struct ProcessStat {
    let parent: Int32
    let processorTime: Duration

    /// Nil for a process that has ended.
    init?(_ pid: Int32) throws {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return nil }
        // The name in brackets may hold anything; the fields are counted from behind it.
        guard let end = text.lastIndex(of: ")") else { throw BenchError("/proc/\(pid)/stat cannot be read") }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let parent = Int32(fields[1]), let user = Int(fields[11]), let system = Int(fields[12])
        else { throw BenchError("/proc/\(pid)/stat cannot be read") }
        self.parent = parent
        processorTime = .milliseconds((user + system) * 1_000 / sysconf(Int32(_SC_CLK_TCK)))
    }
}
