import Commerce
import Contracts
import Messaging
import Testing

@testable import SagaCoordinator

@Suite("What people are told of sagas")
struct SagaAlertTests {
    private func alert(_ status: String, error: Refusal? = nil) -> SendSlackAlert.Alert? {
        SendSlackAlert.Alert(
            SagaUpdated(
                sagaID: id, name: "return", key: "ret_1", run: 1, version: 3, status: status, businessStatus: nil,
                error: error))
    }

    private let id = SagaID()

    @Test("one that is stuck or diverged is an alert in the words of the API, with the call that shows it")
    func trouble() throws {
        let silence = Refusal(code: "no_reply", message: "Not answered in time.")
        let alert = try #require(self.alert("stuck", error: silence))
        #expect(alert.title == "A saga is stuck" && alert.text == "Not answered in time.")
        #expect(alert.fields == ["saga": "\(id)", "name": "return", "key": "ret_1"])
        #expect(alert.next == ["stateset sagas show \(id)"])
        #expect(self.alert("diverged")?.title == "A saga is diverged")
        #expect(self.alert("completed") == nil)
    }
}
