import Messaging
import Postgres

extension SagaFilter {
    /// Over the columns of `saga_view`.
    ///
    /// Subject, key, name, attributes, what needs somebody and the order of starting have indexes. The others sift what those
    /// find, of a list from the last started on.
    var conditions: [SQL] { identity + state + times }

    private var identity: [SQL] {
        var conditions: [SQL] = []
        if let subject { conditions.append("subject = \(subject)") }
        if let key { conditions.append("key = \(key)") }
        if let name { conditions.append("name = \(name)") }
        if let text {
            conditions.append("concat_ws(' ', key, subject, name, business_status) ILIKE \(text.anywhere)")
        }
        if !attributes.isEmpty {
            let wanted = JSON.object(attributes.map { .init(name: $0.key, value: .string($0.value)) })
            conditions.append("id IN (SELECT * FROM saga_coordinator.sagas_having(\(JSONB(text: wanted.text))))")
        }
        return conditions
    }

    private var state: [SQL] {
        var conditions: [SQL] = []
        if !statuses.isEmpty { conditions.append("status = ANY(\(statuses))") }
        let needsSomebody = !statuses.isEmpty && Self.needingSomebody.isSuperset(of: statuses)
        if needsSomebody || stuckReason != nil {
            // Written out so that the index of what needs somebody serves it.
            conditions.append("status IN ('stuck', 'diverged', 'paused', 'compensating')")
        }
        if let stuckReason { conditions.append("stuck_reason = \(stuckReason)") }
        if let businessStatus { conditions.append("business_status = \(businessStatus)") }
        if let waitingOn { conditions.append("(waiting_name = \(waitingOn) OR waiting_kind = \(waitingOn))") }
        if let errorCode {
            // Looked for in the text: reading the JSON fails at U+0000, which a provider's words may hold. Within a text
            // of it the quotes would have backslashes.
            let member = "\"code\":\(JSON.string(errorCode).text)"
            conditions.append("position(\(member) IN error::text) > 0")
        }
        return conditions
    }

    private static let needingSomebody: Set = ["stuck", "diverged", "paused", "compensating"]

    private var times: [SQL] {
        var conditions: [SQL] = []
        if let startedSince { conditions.append("started_at >= \(startedSince)") }
        if let startedBefore { conditions.append("started_at < \(startedBefore)") }
        if let updatedSince { conditions.append("updated_at >= \(updatedSince)") }
        if let updatedBefore { conditions.append("updated_at < \(updatedBefore)") }
        return conditions
    }
}
