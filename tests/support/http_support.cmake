# SPDX-License-Identifier: GPL-3.0-or-later
# The misbehaving HTTP server and the certificates of its TLS side (made by the openssl command when a test asks for them).
atalaya_library(atalaya_test_http_support
  SOURCES misbehaving_server.cpp ops_service.cpp test_certificates.cpp
  LINK atalaya_test_support Qt6::Network ZLIB::ZLIB)
