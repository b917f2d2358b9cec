import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

@Suite("Return saga: undo and review")
struct ReturnUndoSagaTests {
    private let way = ReturnWay()

    @Test("cancelled before receipt, everything is undone in reverse and the customer told last")
    func undo() throws {
        var saga = try way.labelled(cancelsSubscription: true)
        try saga.apply(.cancel)
        try saga.expectCompensation(
            "RestoreReturnSubscription", "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization",
            "WithdrawReturn")
        try saga.expect(.cancelled)
    }

    @Test("nothing can be undone once the money has moved")
    func pivot() throws {
        var saga = try way.inspected()
        try way.requested(&saga)
        #expect(saga.undoList.isEmpty)
        #expect(throws: (any Error).self) { try saga.apply(.cancel) }
    }

    @Test("a person's no before the label undoes the decision alone")
    func rejected() throws {
        var saga = try way.scenario()
        try saga.reply(to: CheckReturn.self, .init(outcome: .inReview, reason: nil, plan: way.plan()))
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: false, reason: "worn"))
        try saga.expectCompensation("WithdrawReturn")
        try saga.expect(.compensated)
        #expect(saga.error == Refusal(code: "rejected", message: "worn"))
    }

    @Test("what the ERP refuses to authorize goes to a person with the reason; a yes asks again, a no undoes all")
    func notAuthorized() throws {
        for isApproved in [true, false] {
            var saga = try way.scenario()
            try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan()))
            try saga.refuse(AuthorizeReturn.self, "over_returned")
            #expect(try saga.expect(ReviewReturn.self).reason.code == "over_returned")
            try saga.reply(to: ReviewReturn.self, Done())
            #expect(saga.businessStatus == "in_review")
            try saga.deliver(ReturnReviewed(returnID: way.id, approved: isApproved, reason: "shipped by hand"))
            guard isApproved else {
                try saga.expectCompensation("WithdrawReturn")
                return try saga.expect(.compensated)
            }
            try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
            #expect(saga.businessStatus == "approved")
            try saga.expect(AnnounceReturn.self)
        }
    }
}
