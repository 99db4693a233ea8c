// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QStringList>
#include <QtWidgets/QWidget>

namespace atalaya::flags {

/// "Systems without flags": their names as chips, and why.
class SystemsWithout final : public QWidget
{
    Q_OBJECT
public:
    explicit SystemsWithout(QWidget *parent = nullptr);
    void show(const QStringList &systems);
    const QStringList &systems() const { return m_systems; }
    QSize sizeHint() const override { return {400, 48}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStringList m_systems;
};

} // namespace atalaya::flags
