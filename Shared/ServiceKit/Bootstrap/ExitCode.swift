/// How the process ends, by sysexits(3).
public enum ExitCode: Int32, Sendable {
    /// It was asked to stop and did.
    case stopped = 0
    /// A part of it failed; a supervisor starts it again.
    case failed = 70
    /// A setting is missing or malformed; starting it again does not help.
    case badSettings = 78
}
