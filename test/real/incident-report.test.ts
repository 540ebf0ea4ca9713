import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { reportHtml } from '../../src/incident/reports/html.ts'
import { findProgram } from '../support/find-program.ts'
import { done, makeIncident, start } from '../support/sample-incident.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

test('the HTML report opens in a browser without a network, and shows the timeline', async () => {
  const incident = makeIncident({}, [
    done('open', 1, '<script>alert(1)</script> & "quotes"'),
    done('snapshot', 2),
    done('strategy', 3),
    done('contain', 4),
    done('verify-dead', 90, 'three answers'),
    { type: 'waived', step: 'purge', reason: 'dead key' },
    { type: 'clock', name: 'gdpr', time: start },
  ])
  const now = new Date('2026-11-26T05:00:00Z')
  const path = join(makeDirectory(), 'report.html')
  writeFileSync(path, reportHtml(incident, 'Not advice.', now))
  const executablePath = findProgram('chromium', 'apt-get install chromium')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  try {
    const context = await browser.newContext({ offline: true, colorScheme: 'dark' })
    const page = await context.newPage()
    const requests: string[] = []
    const errors: string[] = []
    page.on('request', request => requests.push(request.url()))
    page.on('console', message => errors.push(message.text()))
    page.on('pageerror', error => errors.push(error.message))
    page.on('dialog', dialog => errors.push(dialog.message()))
    await page.goto(pathToFileURL(path).href)
    expect({ requests, errors }).toEqual({ requests: [pathToFileURL(path).href], errors: [] })
    expect(await page.title()).toBe('Incident shop-1: shop')
    expect(await page.locator('svg rect').count()).toBe(21)
    expect(await page.locator('svg circle').count()).toBe(6)
    const late = await page.locator('tr.late').allInnerTexts()
    expect(late.map(text => text.split(' ')[0])).toEqual([
      'verify-dead',
      'replace',
      'audit',
      'scope',
      'persistence',
      'notify',
      'legal-triage',
    ])
    expect(await page.locator('body').innerText()).toContain('<script>alert(1)</script> & "quotes"')
    const picture = await page.locator('svg').boundingBox()
    expect(picture?.width).toBeGreaterThan(700)
    if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT, fullPage: true })
  } finally {
    await browser.close()
  }
})
