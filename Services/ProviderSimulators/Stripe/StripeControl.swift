import Foundation

/// What happens outside the API: customers pay, banks answer and dispute, periods end.
extension StripeSimulator {
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        Self.controls.answer(request, &self)
    }

    private static let controls = RouteTable<StripeSimulator>([
        Route("POST", "charges") { try $0.pay($1) },
        Route("POST", "charges/{id}/disputes") { try $0.dispute($1) },
        Route("POST", "disputes/{id}/close") { try $0.closeDispute($1) },
        Route("POST", "refunds/{id}/settle") { try $0.settleByHand($1) },
        Route("POST", "subscriptions") { try $0.subscribe($1) },
        Route("POST", "subscriptions/{id}/end-period") { try $0.endPeriod($1) },
        Route("POST", "break") { try $0.breakWrites($1) },
    ])

    /// `{"amount":14900,"currency":"usd","refund_outcome":"pending","captured":true}`, all but the amount optional.
    private mutating func pay(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        guard let amount = body["amount"].int, amount > 0 else {
            throw Self.problem(422, "amount must be a whole number of the currency's smallest unit.")
        }
        let outcome = body["refund_outcome"].string ?? "succeeded"
        guard StripeRefund.Status(rawValue: outcome) != nil else {
            let known = StripeRefund.Status.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.problem(422, "refund_outcome must be one of \(known).")
        }
        let id = body["id"].string ?? newID("ch")
        let intent = body["payment_intent"].string ?? newID("pi")
        guard charges[id] == nil, (try? charge(ofIntent: intent)) == nil else {
            throw Self.problem(409, "There is a charge with this id or payment intent.")
        }
        let charge = StripeCharge(
            id: id, paymentIntentID: intent, amount: amount, currency: body["currency"].string?.lowercased() ?? "usd",
            createdAt: call.request.now, isCaptured: body["captured"].bool ?? true, refundOutcome: outcome,
            metadata: body["metadata"].object ?? JSONObject())
        charges[id] = charge
        if charge.isCaptured {
            announce("payment_intent.succeeded", charge.paymentIntentJSON(), now: call.request.now)
        }
        return .json(charge.json(), status: 201)
    }

    private mutating func dispute(_ call: Call) throws -> SimulatedResponse {
        let charge = try chargeByHand(call["id"])
        let body = call.request.json
        let id = newID("dp")
        let dispute = JSONObject([
            ("id", .string(id)), ("object", "dispute"), ("amount", .int(body["amount"].int ?? charge.amount)),
            ("charge", .string(charge.id)), ("payment_intent", .string(charge.paymentIntentID)),
            ("currency", .string(charge.currency)), ("created", .int(Int(call.request.now.timeIntervalSince1970))),
            ("reason", .string(body["reason"].string ?? "fraudulent")), ("status", "needs_response"),
            ("livemode", false), ("metadata", [:]),
        ])
        disputes[id] = dispute
        charges[charge.id]?.isDisputed = true
        announce("charge.dispute.created", .object(dispute), now: call.request.now)
        return .json(.object(dispute), status: 201)
    }

    /// `{"status":"won"|"lost"}`
    private mutating func closeDispute(_ call: Call) throws -> SimulatedResponse {
        guard var dispute = disputes[call["id"]] else { throw Self.problem(404, "There is no dispute \(call["id"]).") }
        guard let status = call.request.json["status"].string, ["won", "lost"].contains(status) else {
            throw Self.problem(422, "status must be won or lost.")
        }
        dispute["status"] = .string(status)
        disputes[call["id"]] = dispute
        if status == "won" { charges[dispute["charge"]?.string ?? ""]?.isDisputed = false }
        announce("charge.dispute.closed", .object(dispute), now: call.request.now)
        return .json(.object(dispute))
    }

    /// `{"status":"failed","failure_reason":"expired_or_canceled_card"}`; also a success fails, days later.
    private mutating func settleByHand(_ call: Call) throws -> SimulatedResponse {
        guard let refund = refunds[call["id"]] else { throw Self.problem(404, "There is no refund \(call["id"]).") }
        guard let status = call.request.json["status"].string.flatMap(StripeRefund.Status.init) else {
            let known = StripeRefund.Status.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.problem(422, "status must be one of \(known).")
        }
        settle(
            refund.id, status, failureReason: call.request.json["failure_reason"].string, now: call.request.now)
        return .json(try self.refund(refund.id).json())
    }

    private mutating func subscribe(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        let id = body["id"].string ?? newID("sub")
        guard subscriptions[id] == nil else { throw Self.problem(409, "There is a subscription \(id).") }
        let subscription = StripeSubscription(
            id: id, customer: body["customer"].string ?? newID("cus"), createdAt: call.request.now,
            periodEnd: call.request.now.addingTimeInterval(30 * 86_400),
            metadata: body["metadata"].object ?? JSONObject())
        subscriptions[id] = subscription
        subscriptionIDs.append(id)
        return .json(subscription.json(), status: 201)
    }

    /// The paid period is over: what ends with it ends.
    private mutating func endPeriod(_ call: Call) throws -> SimulatedResponse {
        guard let subscription = subscriptions[call["id"]] else {
            throw Self.problem(404, "There is no subscription \(call["id"]).")
        }
        if subscription.endsWithPeriod { end(subscription, now: call.request.now) }
        return .json(try self.subscription(subscription.id).json())
    }

    /// `{"times":1}`: that many writes fail after they have begun, and their failures are kept under their keys.
    private mutating func breakWrites(_ call: Call) throws -> SimulatedResponse {
        guard let times = call.request.json["times"].int, times >= 0 else {
            throw Self.problem(422, "times must be a whole number, 0 to stop.")
        }
        brokenWrites = times
        return .json(["times": .int(times)])
    }

    private func chargeByHand(_ id: String) throws -> StripeCharge {
        guard let charge = charges[id] else { throw Self.problem(404, "There is no charge \(id).") }
        return charge
    }

    private static func problem(_ status: Int, _ detail: String) -> Refusal {
        Refusal(response: .problem(status, detail))
    }
}
