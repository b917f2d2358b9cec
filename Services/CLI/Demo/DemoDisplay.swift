import Foundation

/// Shows the board: redrawn in place on a terminal, one line for each change elsewhere.
struct DemoDisplay {
    private let style: Style
    private let isLive: Bool
    private var shown: [DemoProgress] = []
    private var frame = 0

    init(_ environment: CLIEnvironment) {
        style = .terminal(environment.variables)
        isLive = isatty(STDOUT_FILENO) == 1 && environment.variables["TERM"] != "dumb"
    }

    /// How long a frame stays: smooth on a terminal.
    var frameTime: Duration { .milliseconds(100) }

    mutating func show(_ orders: [DemoProgress]) {
        if isLive {
            let up = shown.isEmpty ? "" : "\u{1B}[\(shown.count)A"
            let lines = DemoBoard.lines(orders, spinner: frame, style).map { "\r\u{1B}[2K\($0)\n" }
            write(up + lines.joined())
            frame += 1
        } else {
            for (index, order) in orders.enumerated() where hasChanged(order, index) {
                write(DemoBoard.plainLine(order) + "\n")
            }
        }
        shown = orders
    }

    private func hasChanged(_ order: DemoProgress, _ index: Int) -> Bool {
        guard index < shown.count else { return order.stage > .ordered }
        return shown[index].stage != order.stage || shown[index].state != order.state
    }

    func say(_ text: String, _ tone: Tone = .plain) { write(style(text, tone) + "\n") }

    private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
