import HTTPTypes
import Hummingbird
import NIOCore

/// Answers and problems as HTTP responses.
enum HTTPAnswer {
    static func response(_ answer: APIAnswer, requestID: String) -> Response {
        // WHY: a problem that is repeated for an Idempotency-Key comes as an answer.
        let type = answer.status >= 400 ? problemType : "application/json"
        var response = response(answer.status, answer.body.text, type: type)
        response.headers[.requestID] = requestID
        for header in answer.headers {
            if let name = HTTPField.Name(header.name) { response.headers[name] = header.value }
        }
        return response
    }

    static func response(_ problem: Problem, requestID: String) -> Response {
        var response = response(problem.status, problem.json(requestID: requestID).text, type: problemType)
        response.headers[.requestID] = requestID
        if problem.status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
        if problem.status == 503 { response.headers[.retryAfter] = "1" }
        return response
    }

    static func response(_ status: Int, _ text: String, type: String) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static let problemType = "application/problem+json"
}
