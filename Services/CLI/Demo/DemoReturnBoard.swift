/// The returns of the demonstration as they are shown: one line each, stages lighting up.
enum DemoReturnBoard {
    static func lines(_ returns: [DemoReturnProgress], spinner: Int, _ style: Style) -> [String] {
        let titles = returns.map { "\($0.number) \($0.plan.title)" }
        let width = titles.map(\.count).max() ?? 0
        return zip(returns, titles).map { goods, title in
            let name = title + String(repeating: " ", count: width - title.count)
            let mark = DemoBoard.mark(goods.state, isUndone: goods.plan.ending == .undone, spinner, style)
            return "  \(mark) \(name)  \(stages(goods, style))  \(note(goods, style))"
        }
    }

    /// A line to print once, where nothing can be redrawn.
    static func plainLine(_ goods: DemoReturnProgress) -> String {
        let verdict =
            switch goods.state {
            case .underWay: ""
            case .done where goods.plan.ending == .undone: " (called off and undone, as it should be)"
            case .done: " (\(goods.amount ?? "nothing") given back)"
            case .wrong(let words): " (WRONG: \(words))"
            }
        return
            "\(goods.number) \(goods.plan.title): \(name(goods.stage))\(verdict) after \(DemoBoard.time(goods.elapsed))"
    }

    private static func stages(_ goods: DemoReturnProgress, _ style: Style) -> String {
        let last: DemoReturnProgress.Stage = goods.plan.ending == .undone ? .label : .refunded
        return DemoReturnProgress.Stage.allCases.filter { $0 <= last }.map { stage in
            style(name(stage), goods.stage >= stage ? .good : .quiet)
        }.joined(separator: style(" → ", .quiet))
    }

    private static func name(_ stage: DemoReturnProgress.Stage) -> String {
        switch stage {
        case .asked: "asked for"
        case .approved: "approved"
        case .label: "label sent"
        case .underWay: "on its way"
        case .received: "received"
        case .refunded: "refunded"
        }
    }

    private static func note(_ goods: DemoReturnProgress, _ style: Style) -> String {
        let time = style(DemoBoard.time(goods.elapsed), .quiet)
        switch goods.state {
        case .underWay where goods.isBeingUndone: return style("→ called off → undoing …", .waiting)
        case .underWay: return goods.elapsed == .zero ? "" : time
        case .done where goods.plan.ending == .undone: return style("→ called off → undone", .good) + "  " + time
        case .done: return style(goods.amount ?? "", .good) + "  " + time
        case .wrong(let words): return style(SafeText.line(words), .bad)
        }
    }
}
