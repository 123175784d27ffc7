package com.nineminds.alga.operator.session;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** {@code POST /admin/sign-out}: ends the session on every node. */
@WebServlet("/admin/sign-out")
public class SignOut extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Inject transient Sessions sessions;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    sessions.end(request, response);
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", "/admin/sign-in?said=signed_out");
  }
}
