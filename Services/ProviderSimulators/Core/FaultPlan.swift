/// The planned faults of all providers. The oldest that fits strikes.
actor FaultPlan {
    private var faults: [Fault] = []
    private var lastNumber = 0

    func add(_ json: JSON) throws(FaultSyntaxError) -> Fault {
        let fault = try Fault(id: "flt_\(lastNumber + 1)", parsing: json)
        lastNumber += 1
        faults.append(fault)
        return fault
    }

    /// All faults, those that have struck often enough among them with `remaining` 0.
    func list() -> [Fault] { faults }

    func clear() { faults.removeAll() }

    func remove(_ id: String) -> Bool {
        let count = faults.count
        faults.removeAll { $0.id == id }
        return faults.count < count
    }

    /// The fault that strikes this request, counted as used.
    func strike(provider: String, method: String, path: String) -> Fault? {
        use { fault in
            !fault.mode.concernsWebhooks && fault.provider?.matches(provider) != false
                && fault.method?.matches(method) != false && fault.path?.matches(path) != false
        }
    }

    /// The fault that strikes this webhook, counted as used. `path` is compared with the topic.
    func strike(webhookOf provider: String, topic: String) -> Fault? {
        use { fault in
            fault.mode.concernsWebhooks && fault.provider?.matches(provider) != false
                && (fault.path.map { $0.matches(topic) || $0.matches("/\(topic)") } ?? true)
        }
    }

    private func use(_ fits: (Fault) -> Bool) -> Fault? {
        guard let index = faults.firstIndex(where: { $0.remaining != 0 && fits($0) }) else { return nil }
        if let remaining = faults[index].remaining { faults[index].remaining = remaining - 1 }
        return faults[index]
    }
}
