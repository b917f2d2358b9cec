extension LineEvaluation {
    /// The zone's window with what a rule changes about it.
    func window(_ zone: ReturnZone) -> ReturnWindow {
        guard case .window(let change)? = verdicts.decision(.window)?.value else { return zone.window }
        return change.applied(to: zone.window)
    }

    func windowDecision(_ product: OrderLineReturnFacts, _ zone: ReturnZone) -> WindowDecision {
        WindowCount(window(zone), policy, facts, product).decision(at: facts.now)
    }

    /// Always settles the line: every status of a window is an answer.
    func windowFinding(_ product: OrderLineReturnFacts, _ zone: ReturnZone) -> LineFinding {
        let window = windowDecision(product, zone)
        let change = verdicts.decision(.window)
        var finding = LineFinding(
            reason: window.reason, message: window.message, rule: change?.rule, setting: "\(choice.setting).window",
            staff: window.staff)
        finding.children = [change?.explanation()].compactMap { $0 } + liftedExclusions(product)
        return finding
    }
}

extension WindowDecision {
    var reason: LineReason {
        switch status {
        case .open: days == ReturnWindow.unlimitedDays ? .unlimitedWindow : .withinWindow
        case .closed: .windowClosed
        case .awaitingDelivery: .awaitingDelivery
        case .unknown: .windowUnknown
        }
    }

    var message: String {
        switch status {
        case .open: lastDay.map { "This item can be returned until the end of \($0)." } ?? "This item can be returned."
        case .closed: "This item could be returned until the end of \(lastDay.map(\.description) ?? "its window")."
        case .awaitingDelivery: "This item can be returned once it has been delivered."
        case .unknown: "We have to check until when this item can be returned."
        }
    }

    var staff: String {
        guard let anchor, let anchorDay else { return "no date is known that its window could be counted from." }
        let stand = isFallback ? ", in place of one that is not known" : ""
        let count = days == ReturnWindow.unlimitedDays ? "for ever" : "\(days) days"
        let end = lastDay.map { ", to the end of \($0) in \(timeZone)" } ?? ""
        let more =
            (season.map { ", lengthened by season \($0)" } ?? "")
            + (movedToBusinessDay ? ", moved to a business day" : "")
        return "the window is \(status.rawValue): \(count) from \(anchorDay) (\(anchor.rawValue)\(stand))\(end)\(more)."
    }
}
