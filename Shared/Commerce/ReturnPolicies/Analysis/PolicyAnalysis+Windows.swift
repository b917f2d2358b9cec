extension PolicyAnalysis {
    var windowProblems: [ReturnPolicyProblem] {
        policy.zones.enumerated().flatMap { index, zone in
            problems(of: zone.window, field: "zones[\(index)].window")
        }
            + rules.flatMap { index, rule in
                rule.then.compactMap { action -> ReturnPolicyProblem? in
                    guard case .window(let change) = action.value else { return nil }
                    return problem(of: change, rule: rule.id, field: "rules[\(index)].then.\(action.type.name)")
                }
            }
    }

    private func problems(of window: ReturnWindow, field: String) -> [ReturnPolicyProblem] {
        let counts = [("fallback_days", window.fallbackDays), ("buffer_days", window.bufferDays)]
        let negative = counts.filter { !(0...ReturnWindow.daysMax).contains($0.1) }.map { name, days in
            ReturnPolicyProblem(
                .negativeWindow, field: "\(field).\(name)",
                "\(days) is out of range; use 0 to \(ReturnWindow.daysMax).")
        }
        let seasons = window.seasons.enumerated().compactMap { index, season in
            problem(of: season, field: "\(field).seasons[\(index)]")
        }
        let ids = repeats(of: window.seasons.map(\.id), field: { "\(field).seasons[\($0)].id" }, what: "seasons")
        return [dayProblem(window.days, rule: nil, field: "\(field).days")].compactMap { $0 } + negative + seasons + ids
    }

    private func problem(of change: WindowChange, rule: String, field: String) -> ReturnPolicyProblem? {
        guard change != WindowChange() else {
            return ReturnPolicyProblem(
                .noEffect, rule: rule, field: field, "The action changes nothing; say how many days, or remove it.")
        }
        return change.days.flatMap { dayProblem($0, rule: rule, field: "\(field).days") }
    }

    private func dayProblem(_ days: Int, rule: String?, field: String) -> ReturnPolicyProblem? {
        guard !(ReturnWindow.unlimitedDays...ReturnWindow.daysMax).contains(days) else { return nil }
        return ReturnPolicyProblem(
            .negativeWindow, rule: rule, field: field,
            "\(days) is no number of days; use 0 to \(ReturnWindow.daysMax), or -1 for ever.")
    }

    private func problem(of season: SeasonalWindow, field: String) -> ReturnPolicyProblem? {
        if season.from > season.through {
            return ReturnPolicyProblem(
                .emptySeason, field: "\(field).through", "The season ends before it begins; set a later date.")
        }
        guard season.lastReturnDate < season.from else { return nil }
        return ReturnPolicyProblem(
            .emptySeason, field: "\(field).last_return_date",
            "The last return date lies before the season; set a later date.")
    }
}
