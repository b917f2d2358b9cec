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
        let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The name in brackets may hold anything; the fields are counted from behind it.
        guard let end = text.lastIndex(of: ")") else { throw BenchError("/proc/\(pid)/stat cannot be read") }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else {
            throw BenchError("/proc/\(pid)/stat cannot be read")
        }
        return .milliseconds((user + system) * 1_000 / sysconf(Int32(_SC_CLK_TCK)))
    }
}
