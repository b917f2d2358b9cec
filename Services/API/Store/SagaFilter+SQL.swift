import Messaging
import Postgres

extension SagaFilter {
    /// Over the columns of `saga_view`.
    var conditions: [SQL] {
        var conditions: [SQL] = []
        if let subject { conditions.append("subject = \(subject)") }
        if let name { conditions.append("name = \(name)") }
        if let status { conditions.append("status = \(status)") }
        if let waitingOn { conditions.append("(waiting_name = \(waitingOn) OR waiting_kind = \(waitingOn))") }
        if let stuckReason {
            // Written out so that the index of what needs somebody serves it.
            conditions.append(
                """
                (stuck_reason = \(stuckReason) AND status IN ('stuck', 'diverged', 'paused', 'compensating'))
                """)
        }
        if let text {
            conditions.append("concat_ws(' ', key, subject, name, business_status) ILIKE \(text.anywhere)")
        }
        if !attributes.isEmpty {
            let wanted = JSON.object(attributes.map { .init(name: $0.key, value: .string($0.value)) })
            conditions.append("id IN (SELECT * FROM saga_coordinator.sagas_having(\(JSONB(text: wanted.text))))")
        }
        if let startedSince { conditions.append("started_at >= \(startedSince)") }
        if let updatedBefore { conditions.append("updated_at < \(updatedBefore)") }
        return conditions
    }
}
