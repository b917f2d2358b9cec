import Foundation

/// The counting of one window for one line.
struct WindowCount {
    let window: ReturnWindow
    let calendar: ShopCalendar
    let line: OrderLineReturnFacts
    let orderedAt: Date?

    struct Start: Equatable {
        let anchor: ReturnWindow.Anchor
        let day: ShopDay
        let isFallback: Bool
    }

    /// The day that counts as day 0: that of the anchor, or of the next date that is known; nil when none is.
    var start: Start? {
        let fulfilled = line.fulfilledAt.map(calendar.day(of:))
        let ordered = orderedAt.map(calendar.day(of:))
        switch window.anchor {
        case .delivered:
            if let day = line.deliveredAt.map(calendar.day(of:)) {
                return Start(anchor: .delivered, day: day, isFallback: false)
            }
            let stand = fulfilled.map { (ReturnWindow.Anchor.fulfilled, $0) } ?? ordered.map { (.ordered, $0) }
            return stand.map { Start(anchor: $0.0, day: $0.1 + limited(window.fallbackDays), isFallback: true) }
        case .fulfilled:
            let buffer = limited(window.bufferDays)
            return fulfilled.map { Start(anchor: .fulfilled, day: $0 + buffer, isFallback: false) }
                ?? ordered.map { Start(anchor: .ordered, day: $0 + buffer, isFallback: true) }
        case .ordered:
            return ordered.map { Start(anchor: .ordered, day: $0, isFallback: false) }
        }
    }

    /// Whether the window is open at the moment, and how that was counted.
    func decision(at now: Date) -> WindowDecision {
        var decision = WindowDecision(
            status: .unknown, anchor: nil, anchorDay: nil, isFallback: false, days: window.days, lastDay: nil,
            closesAt: nil, timeZone: calendar.timeZone, season: nil, movedToBusinessDay: false)
        guard let start else {
            // WHY: what may be returned for ever needs no date to count from.
            if window.isUnlimited, window.undelivered == .fallback { decision.status = .open }
            return decision
        }
        decision.anchor = start.anchor
        decision.anchorDay = start.day
        decision.isFallback = start.isFallback
        setEnd(of: &decision, from: start)
        decision.status = status(decision, start, at: now)
        return decision
    }

    private func status(_ decision: WindowDecision, _ start: Start, at now: Date) -> WindowDecision.Status {
        let isBlocked = window.anchor == .delivered && start.isFallback && window.undelivered == .block
        if isBlocked, calendar.day(of: now) < start.day { return .awaitingDelivery }
        guard let lastDay = decision.lastDay else { return .open }
        return now.wholeSeconds <= calendar.lastSecond(of: lastDay).wholeSeconds ? .open : .closed
    }

    private func setEnd(of decision: inout WindowDecision, from start: Start) {
        guard !window.isUnlimited else { return }
        var lastDay = start.day + limited(window.days)
        if let season = season(start), season.lastReturnDate > lastDay {
            lastDay = season.lastReturnDate
            decision.season = season.id
        }
        if window.businessDays, !calendar.isBusinessDay(lastDay) {
            let businessDay = calendar.businessDay(onOrAfter: lastDay)
            decision.movedToBusinessDay = businessDay != lastDay
            lastDay = businessDay
        }
        decision.lastDay = lastDay
        decision.closesAt = Timestamp(calendar.lastSecond(of: lastDay))
    }

    /// The season the order belongs to, by its day; the one that lasts longest where there are several.
    private func season(_ start: Start) -> SeasonalWindow? {
        let day = orderedAt.map(calendar.day(of:)) ?? start.day
        return window.seasons.filter { $0.from <= day && day <= $0.through }
            .max { ($0.lastReturnDate, $1.id) < ($1.lastReturnDate, $0.id) }
    }

    /// WHY: a policy made in code may hold any number; one that was read holds these only.
    private func limited(_ days: Int) -> Int { min(max(days, 0), ReturnWindow.daysMax) }
}
