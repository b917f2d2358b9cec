extension PolicyAnalysis {
    var zoneProblems: [ReturnPolicyProblem] {
        guard !policy.zones.isEmpty else {
            return [
                ReturnPolicyProblem(
                    .missingZones, field: "zones",
                    "There are no zones, so nothing could be returned; add one with \"countries\": [\"*\"].")
            ]
        }
        return repeats(of: policy.zones.map(\.id), field: { "zones[\($0)].id" }, what: "zones") + overlaps
            + emptyMethods + defaultZoneProblems
    }

    /// A country in two zones, or twice in one.
    private var overlaps: [ReturnPolicyProblem] {
        var owners: [String: String] = [:]
        var problems: [ReturnPolicyProblem] = []
        for (index, zone) in policy.zones.enumerated() {
            for (place, country) in zone.countries.enumerated() {
                if let owner = owners[country] {
                    problems.append(
                        ReturnPolicyProblem(
                            .overlappingZones, field: "zones[\(index)].countries[\(place)]",
                            "\(country) is in zone \(owner) already; leave it in one place."))
                }
                owners[country] = owners[country] ?? zone.id
            }
        }
        return problems
    }

    private var emptyMethods: [ReturnPolicyProblem] {
        policy.zones.enumerated().filter { $1.acceptsReturns && $1.methods.isEmpty }.map { index, zone in
            ReturnPolicyProblem(
                .badValue, field: "zones[\(index)].methods",
                "Zone \(zone.id) offers no method; add one, or set accepts_returns to false.")
        }
    }

    private var defaultZoneProblems: [ReturnPolicyProblem] {
        let defaults = policy.zones.indices.filter { policy.zones[$0].isRestOfWorld }
        if defaults.isEmpty {
            return [
                ReturnPolicyProblem(
                    .missingDefaultZone, field: "zones",
                    "No zone is for the rest of the world: returns from countries that are not named are refused. "
                        + "Add a zone with \"countries\": [\"*\"] if that is not meant.")
            ]
        }
        return defaults.dropFirst().map { index in
            ReturnPolicyProblem(
                .overlappingZones, field: "zones[\(index)].countries",
                "Zone \(policy.zones[defaults[0]].id) is for the rest of the world already; name countries here.")
        }
    }
}
