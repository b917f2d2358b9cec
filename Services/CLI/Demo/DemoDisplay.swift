import Foundation

/// Shows a board: redrawn in place on a terminal, one line for each change elsewhere.
struct DemoDisplay<Line: Equatable & Sendable> {
    private let style: Style
    private let isLive: Bool
    private let board: @Sendable ([Line], _ spinner: Int, Style) -> [String]
    private let plainLine: @Sendable (Line) -> String
    private var shown: [Line] = []
    private var frame = 0

    init(
        _ environment: CLIEnvironment, board: @escaping @Sendable ([Line], _ spinner: Int, Style) -> [String],
        plainLine: @escaping @Sendable (Line) -> String
    ) {
        style = .terminal(environment.variables)
        isLive = isatty(STDOUT_FILENO) == 1 && environment.variables["TERM"] != "dumb"
        self.board = board
        self.plainLine = plainLine
    }

    /// How long a frame stays: smooth on a terminal.
    var frameTime: Duration { .milliseconds(100) }

    mutating func show(_ lines: [Line]) {
        if isLive {
            let up = shown.isEmpty ? "" : "\u{1B}[\(shown.count)A"
            write(up + board(lines, frame, style).map { "\r\u{1B}[2K\($0)\n" }.joined())
            frame += 1
        } else {
            for (index, line) in lines.enumerated() where hasChanged(line, index) { write(plainLine(line) + "\n") }
        }
        shown = lines
    }

    /// What only counts time on is no change.
    private func hasChanged(_ line: Line, _ index: Int) -> Bool {
        let text = plainLine(line)
        return !text.isEmpty && (index >= shown.count || plainLine(shown[index]) != text)
    }

    func say(_ text: String, _ tone: Tone = .plain) { write(style(text, tone) + "\n") }

    private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}

extension DemoDisplay where Line == DemoProgress {
    static func orders(_ environment: CLIEnvironment) -> DemoDisplay {
        DemoDisplay(environment, board: DemoBoard.lines) { $0.stage > .ordered ? DemoBoard.plainLine($0) : "" }
    }
}

extension DemoDisplay where Line == DemoReturnProgress {
    static func returns(_ environment: CLIEnvironment) -> DemoDisplay {
        DemoDisplay(environment, board: DemoReturnBoard.lines, plainLine: DemoReturnBoard.plainLine)
    }
}
