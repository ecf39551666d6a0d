({
  run: function (component, event, helper) {
    component.find("omni").getAgentWorks().then(function (result) {
      var work = JSON.parse(result.works)[0];
      console.log("work " + work.workId + " on " + work.workItemId + ", engaged: " + work.isEngaged);
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
