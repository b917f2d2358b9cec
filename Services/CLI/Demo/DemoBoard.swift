import Commerce

/// The demonstration as it is shown: one line an order, stages lighting up.
enum DemoBoard {
    static func lines(_ orders: [DemoProgress], spinner: Int, _ style: Style) -> [String] {
        let titles = orders.map { "\($0.number.isEmpty ? "     " : $0.number) \($0.order.title)" }
        let width = titles.map(\.count).max() ?? 0
        return zip(orders, titles).map { order, title in
            let name = title + String(repeating: " ", count: width - title.count)
            let mark = mark(order.state, isUndone: order.order.ending == .refused, spinner, style)
            return "  \(mark) \(name)  \(stages(order, style))  \(note(order, style))"
        }
    }

    /// A line to print once, where nothing can be redrawn.
    static func plainLine(_ order: DemoProgress) -> String {
        let verdict =
            switch order.state {
            case .underWay: ""
            case .done: order.order.ending == .refused ? " (undone, as it should be)" : " (done)"
            case .wrong(let words): " (WRONG: \(words))"
            }
        return
            "\(order.number) \(order.order.title): \(name(order.stage, order.order))\(verdict) after \(time(order.elapsed))"
    }

    static func mark(
        _ state: DemoProgress.State, isUndone: Bool, _ spinner: Int, _ style: Style
    ) -> String {
        let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
        return switch state {
        case .underWay: style(frames[spinner % frames.count], .waiting)
        case .done: style(isUndone ? "↩" : "✔", .good)
        case .wrong: style("✖", .bad)
        }
    }

    private static func stages(_ order: DemoProgress, _ style: Style) -> String {
        DemoProgress.Stage.allCases.dropFirst().filter { isShown($0, order) }.map { stage in
            style(name(stage, order.order), order.stage >= stage ? .good : .quiet)
        }.joined(separator: style(" → ", .quiet))
    }

    /// The order that is refused ends after the ERP.
    private static func isShown(_ stage: DemoProgress.Stage, _ order: DemoProgress) -> Bool {
        order.order.ending != .refused || stage <= .erp
    }

    private static func name(_ stage: DemoProgress.Stage, _ order: DemoOrder) -> String {
        switch stage {
        case .ordered: "ordered"
        case .received: "received"
        case .erp: "ERP"
        case .warehouse: "warehouse"
        case .shipped: order.packageCount > 1 ? "shipped ×\(order.packageCount)" : "shipped"
        case .delivered: "delivered"
        }
    }

    private static func note(_ order: DemoProgress, _ style: Style) -> String {
        switch order.state {
        case .underWay where order.refusal != nil:
            style("→ refused → undoing …", .waiting)
        case .underWay:
            order.elapsed == .zero ? "" : style(time(order.elapsed), .quiet)
        case .done where order.order.ending == .refused:
            style("→ refused → undone", .good) + "  " + style(time(order.elapsed), .quiet)
                + style("  “\(SafeText.line(order.refusal ?? ""))”", .quiet)
        case .done:
            style(time(order.elapsed), .quiet)
        case .wrong(let words):
            style(words, .bad)
        }
    }

    static func time(_ duration: Duration) -> String { Moment.span(seconds: duration.timeInterval) }
}
