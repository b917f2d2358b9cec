import Hummingbird

/// Answers paths that nobody serves with a problem, as everything else here is.
struct UnknownPaths: RouterMiddleware {
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let problem = Problem(404, "not_found", "There is nothing at this path for this method.")
            return HTTPAnswer.response(problem, requestID: RequestID.make())
        }
    }
}
