// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QWidget>

class QGridLayout;

namespace atalaya::common {

/// Two columns: a name in text 3 and what is true of it ("Seen by   am-core, group default"). Values wrap and can be
/// selected.
class FactList : public QWidget
{
    Q_OBJECT
public:
    explicit FactList(QWidget *parent = nullptr);
    void addFact(const QString &name, const QString &value, bool mono = false);
    void addFact(const QString &name, QWidget *value);
    void clear();
    int count() const { return m_rows; }
    /// Hairlines between the rows, as in a refusal's report.
    void setRuled(bool ruled);

private:
    QGridLayout *m_grid;
    int m_rows = 0;
    bool m_ruled = false;
};

} // namespace atalaya::common
