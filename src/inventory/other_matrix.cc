// ICS numbers from T0800 and ATLAS with a prefix, so both are told by their form. Mobile shares
// Enterprise's numbers: T1398 to T1478 are all its own, the later ones lie between Enterprise's and
// are listed.
#include "inventory/other_matrix.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace nepho::inventory {
namespace {

// Techniques of ATT&CK for Mobile above T1478, retired ones among them (attack.mitre.org, matrix
// "Mobile", to version 18). One that is missing is told as unknown, no worse.
constexpr auto kMobile = std::to_array<std::string_view>(
    {"T1507", "T1508", "T1509", "T1510", "T1512", "T1513", "T1516", "T1517", "T1520", "T1521",
     "T1523", "T1532", "T1533", "T1540", "T1541", "T1544", "T1575", "T1576", "T1577", "T1579",
     "T1581", "T1582", "T1603", "T1604", "T1605", "T1616", "T1617", "T1623", "T1624", "T1625",
     "T1626", "T1627", "T1628", "T1629", "T1630", "T1631", "T1632", "T1633", "T1634", "T1635",
     "T1636", "T1637", "T1638", "T1639", "T1640", "T1641", "T1642", "T1643", "T1644", "T1645",
     "T1646", "T1655", "T1658", "T1660", "T1661", "T1662", "T1663", "T1664", "T1670", "T1676"});

bool is_mobile(std::string_view number) {
  return (number >= "T1398" && number <= "T1478") || std::ranges::binary_search(kMobile, number);
}

}  // namespace

std::string_view other_matrix_of(std::string_view id) {
  constexpr std::string_view kAtlas = "AML.T";
  if (text::equal_ignoring_case(id.substr(0, kAtlas.size()), kAtlas)) return "MITRE ATLAS";
  constexpr std::size_t kNumber = 5;  // "T0859", before a sub-technique's point
  std::string number(id.substr(0, kNumber));
  if (number.starts_with('t')) number[0] = 'T';
  if (number.size() != kNumber || number[0] != 'T') return {};
  if (number[1] == '0') return "ATT&CK for ICS";
  return is_mobile(number) ? "ATT&CK for Mobile" : std::string_view();
}

}  // namespace nepho::inventory
