/// A word of a command line that somebody is to copy into a shell, whatever a caller has put into it.
public enum ShellWord {
    /// The word as it is where the shell takes it so, else in quotes, in which nothing means anything to it.
    public static func quoted(_ word: String) -> String {
        guard word.isEmpty || !word.unicodeScalars.allSatisfy(isPlain) else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", ":", ",", "=", "@", "+", "%": true
        default: false
        }
    }
}
